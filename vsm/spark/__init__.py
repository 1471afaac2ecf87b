"""Item logs beyond one machine: Spark keeps the rows of an item together, the same functions read and measure them."""
