"""`luodi verify`: whether a sealed document is still what was sealed, with the network off and without a database."""

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from luodi.cli.reaching import add_language
from luodi.domain.vocabulary import Refusal

GOOD, FAULTY = 0, 2
LARGEST = 200_000_000  # bytes; no document of ours comes near


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The grammar of `luodi verify`."""
    parser = commands.add_parser("verify", help="核验盖章文件，不需要网络和数据库 / verify a sealed document, offline")
    parser.add_argument("file", type=Path, metavar="FILE", help="PDF 文件 / a PDF file")
    parser.add_argument(
        "--roots", type=Path, metavar="FILE", help="信任的根证书（PEM） / the root certificates to trust"
    )
    parser.add_argument("--revoked", type=Path, metavar="FILE", help="下载的作废清单 / the list of revoked documents")
    parser.add_argument("--sm2", type=Path, metavar="FILE", help="国密签名文件 / a detached SM2 signature")
    parser.add_argument("--sm2-key", metavar="HEX", help="SM2 公钥 / the SM2 public key")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出 / as JSON")
    add_language(parser)
    parser.set_defaults(func=verify_file)


def verify_file(args: argparse.Namespace) -> int:
    """Say the verdict and what the seal says; 0 for a valid document, else 2.  Raises `Refusal` for unreadable files."""
    from luodi.config.environment import seal_keys
    from luodi.domain.documents.revoked import read_list
    from luodi.domain.documents.telling import told
    from luodi.papers.commercial import verified
    from luodi.papers.keys import roots_of
    from luodi.papers.verifying import proved_list, roots_from, verify

    at = datetime.now(UTC)
    trusted = args.roots or roots_of(seal_keys())
    if args.roots is None and not trusted.is_file():
        raise Refusal("roots_missing", path=str(trusted))
    roots = roots_from(_bytes(trusted), str(trusted))
    revoked = None
    if args.revoked is not None:
        text = _bytes(args.revoked).decode("utf-8", "replace")
        revoked = proved_list(read_list(text, str(args.revoked)), roots, at)
    data = _bytes(args.file)
    verdict = verify(data, roots, revoked, at)
    lines, good = told(verdict, args.lang), verdict.good
    if args.sm2 is not None:
        whole = verified(data, _bytes(args.sm2).decode("ascii", "replace"), args.sm2_key or "")
        good = good and whole
        lines = (*lines, _of_sm2(whole, args.lang))
    if args.json:
        answer = {"format": 1, "status": str(verdict.outcome), "why": verdict.why, "words": lines}
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines))
    return GOOD if good else FAULTY


def _of_sm2(whole: bool, language: str) -> str:
    if language == "en":
        return "SM2 signature: whole" if whole else "SM2 signature: not of this file, or not of this key"
    return "国密签名：相符" if whole else "国密签名：与文件或公钥不符"


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            found = stream.read(LARGEST + 1)
    except OSError as error:
        raise Refusal("file_unreadable_here", path=str(path), reason=error.strerror or str(error)) from error
    if len(found) > LARGEST:
        raise Refusal("document_too_large", size=path.stat().st_size // 1_000_000, most=LARGEST // 1_000_000)
    return found
