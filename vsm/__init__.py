"""Value stream analysis: read a table of stages or an item log, find the bottleneck, say what to improve."""

from vsm.analysis import Analysis, analyse
from vsm.model import Definitions, QualitySide, Stage, ValueStream, WaitSide
from vsm.opening import read

__all__ = ["Analysis", "Definitions", "QualitySide", "Stage", "ValueStream", "WaitSide", "analyse", "read"]
