"""How people come in, how they are identified, and what they say: yes or no."""

from wagtail_contracts.signing.models.agreeing import Attestation as Attestation
from wagtail_contracts.signing.models.agreeing import Decline as Decline
from wagtail_contracts.signing.models.agreeing import Disclosed as Disclosed
from wagtail_contracts.signing.models.agreeing import Retraction as Retraction
from wagtail_contracts.signing.models.agreeing import Signature as Signature
from wagtail_contracts.signing.models.coming import Device as Device
from wagtail_contracts.signing.models.coming import Invitation as Invitation
from wagtail_contracts.signing.models.coming import SigningSession as SigningSession
from wagtail_contracts.signing.models.delivering import Bounce as Bounce
from wagtail_contracts.signing.models.delivering import RateWindow as RateWindow
from wagtail_contracts.signing.models.examining import Alarm as Alarm
from wagtail_contracts.signing.models.examining import Examination as Examination
from wagtail_contracts.signing.models.identifying import Challenge as Challenge
from wagtail_contracts.signing.models.identifying import Fetch as Fetch
from wagtail_contracts.signing.models.identifying import Identification as Identification
from wagtail_contracts.signing.models.identifying import Mismatch as Mismatch
from wagtail_contracts.signing.models.identifying import Purpose as Purpose
from wagtail_contracts.signing.models.identifying import SignIn as SignIn
from wagtail_contracts.signing.models.identifying import public_id as public_id
