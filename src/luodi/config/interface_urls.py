"""The operations of the JSON interface, speaking the sentences of this house."""

from luodi.api.interface import mounted
from luodi.config.sentences import say

urlpatterns = mounted(say).urls[0]
