"""The checks of `manage.py doctor`: one function per part, each with advice."""

from config.operations.doctor.diagnosis import CheckError, Diagnosis, examine
from config.operations.doctor.parts import PARTS
from config.operations.doctor.public import check_public_address

__all__ = ["PARTS", "CheckError", "Diagnosis", "check_public_address", "examine"]
