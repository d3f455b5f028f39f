"""What requests of enterprises are about."""

from luodi.domain.vocabulary import Text

REQUESTS = {
    "land": Text("用地", "Land"),
    "utilities": Text("水电气热", "Utilities"),
    "approval": Text("审批办理", "Approvals"),
    "funds": Text("资金政策", "Funds and policies"),
    "staff": Text("用工", "Staff"),
    "other": Text("其他", "Other"),
}
