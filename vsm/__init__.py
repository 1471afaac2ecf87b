"""Value stream analysis: read a table of stages, measure it, find the bottleneck, say what to improve."""

from vsm.analysis import Analysis, analyse
from vsm.model import Definitions, QualitySide, Stage, ValueStream, WaitSide
from vsm.reading import read

__all__ = ["Analysis", "Definitions", "QualitySide", "Stage", "ValueStream", "WaitSide", "analyse", "read"]
