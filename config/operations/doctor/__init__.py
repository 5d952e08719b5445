"""The checks of `manage.py doctor`: one function per part, each with advice."""

from config.operations.doctor.diagnosis import Diagnosis, MendError, examine
from config.operations.doctor.parts import PARTS
from config.operations.doctor.public import through_the_public_address

__all__ = ["PARTS", "Diagnosis", "MendError", "examine", "through_the_public_address"]
