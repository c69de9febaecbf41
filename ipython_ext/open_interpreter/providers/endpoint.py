"""Where a model is: its address, its key, and what is known of it. A key belongs to one host and goes nowhere else."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from urllib.parse import SplitResult, urlsplit

from open_interpreter.core.conversation import Profile
from open_interpreter.core.errors import KeyMissing, SettingsError
from open_interpreter.core.settings import Settings

from .presets import Preset, presets, sees

DUMMY_KEY = "none"
"""Sent where no key is needed: the client library refuses an empty one."""
UNKNOWN = Preset(name="")
METADATA_HOSTS = ("metadata.google.internal", "metadata")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model at one address. `preset` is the one whose dialect it speaks, `UNKNOWN` where nobody can tell."""

    model: str
    base_url: str
    preset: Preset = UNKNOWN
    api_key: str = field(default="", repr=False)

    @property
    def origin(self) -> str:
        """`scheme://host[:port]`."""
        return origin(self.base_url)

    @property
    def host(self) -> str:
        """`host[:port]`, as messages name it."""
        return self.origin.partition("://")[2]

    @property
    def profile(self) -> Profile:
        """What the loop must know of this model."""
        name = f"{self.preset.name}:{self.model}" if self.preset.name else self.model
        vision = self.preset.vision or sees(self.model)
        return Profile(name=name, host=self.origin, vision=vision, context=self.preset.context)

    @property
    def near(self) -> bool:
        """Whether it stands on this machine."""
        return is_loopback(urlsplit(self.base_url).hostname or "")


def find_endpoint(settings: Settings, environ: Mapping[str, str]) -> Endpoint:
    """The endpoint that the settings name. Raises SettingsError for what makes no sense, KeyMissing without its key."""
    prefix, colon, rest = settings.model.partition(":")
    preset = presets().get(prefix) if colon else None
    if preset is None:
        return _bare(settings, environ)
    base_url = clean_url(settings.base_url or preset.base_url or _no_address(preset))
    model = rest or (preset.example if preset.any_model else "")
    if not model:
        raise SettingsError(f"{settings.model!r} names no model: write for example {preset.name}:{preset.example}.")
    return Endpoint(model, base_url, preset, _key(settings, preset, base_url, environ))


def origin(url: str) -> str:
    """`scheme://host[:port]` of an address, the usual port left out."""
    parts = urlsplit(url)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{parts.port}" if parts.port not in (None, usual) else "")


def clean_url(text: str) -> str:
    """A base URL without trailing slashes and `/chat/completions`. Raises SettingsError on what is none."""
    url = text.strip().rstrip("/").removesuffix("/chat/completions")
    parts = _split(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingsError(
            "base_url must begin with http:// or https:// and name a host, like http://127.0.0.1:8000/v1."
        )
    if parts.username is not None or parts.password is not None:
        raise SettingsError("base_url holds a name or password: take it out and set api_key instead.")
    if parts.query or parts.fragment or any(char.isspace() or not char.isprintable() for char in url):
        raise SettingsError("base_url must be a plain address without spaces, ? and #.")
    if is_forbidden(parts.hostname):
        raise SettingsError(
            f"base_url names {parts.hostname}, which no model server stands at: choose another address."
        )
    return url


def is_loopback(host: str) -> bool:
    """Whether a host's name means this machine."""
    address = _address(host)
    return host == "localhost" or host.endswith(".localhost") or (address is not None and address.is_loopback)


def is_forbidden(host: str) -> bool:
    """Whether a host is a link-local address or a cloud's metadata service, in any way of writing its number."""
    address = _address(host)
    return host.rstrip(".") in METADATA_HOSTS or (
        address is not None and (address.is_link_local or address.is_multicast)
    )


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise SettingsError(f"base_url is no address ({error}): write it like http://127.0.0.1:8000/v1.") from None
    return parts


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        try:
            return ipaddress.IPv4Address(socket.inet_aton(host))
        except (OSError, UnicodeError):
            return None
    return address.ipv4_mapped or address if isinstance(address, ipaddress.IPv6Address) else address


def _bare(settings: Settings, environ: Mapping[str, str]) -> Endpoint:
    if not settings.base_url:
        raise SettingsError(_unknown(settings.model))
    base_url = clean_url(settings.base_url)
    host = urlsplit(base_url).hostname or ""
    preset = next((each for each in presets().values() if not each.local and each.owns(host)), UNKNOWN)
    if not settings.model:
        raise SettingsError(f"base_url is set but no model: choose one of those that {host} has.")
    return Endpoint(settings.model, base_url, preset, _key(settings, preset, base_url, environ))


def _key(settings: Settings, preset: Preset, base_url: str, environ: Mapping[str, str]) -> str:
    host = urlsplit(base_url).hostname or ""
    at_home = bool(preset.key) and preset.owns(host)
    key = clean_key(settings.api_key or (environ.get(preset.key, "") if at_home else ""))
    if not key and at_home:
        raise KeyMissing(
            f"{settings.model} needs a key for {host}: set {preset.key} (or OPEN_INTERPRETER_API_KEY), "
            "or choose the model builtin, which needs none."
        )
    return key


def clean_key(text: str) -> str:
    """A key without what is often pasted along. Raises SettingsError, which never shows it."""
    key = text.strip().removeprefix("Bearer ").strip()
    if not key.isascii() or not key.isprintable() or " " in key:
        raise SettingsError(
            "The API key holds characters that no key has: copy it again, without spaces and line ends."
        )
    return key


def _no_address(preset: Preset) -> str:
    raise SettingsError(f"{preset.name} has an address for every customer: set base_url to {preset.address}.")


def _unknown(model: str) -> str:
    choices = ", ".join(f"{each.name}:…" for each in presets().values())
    return (
        f"There is no model {model!r}{_guess(model)} Choose builtin, one of {choices}, "
        "or give base_url with a bare name."
    )


def _guess(model: str) -> str:
    prefix, _, rest = model.lower().partition(":")
    family = (each.name for each in presets().values() if any(fnmatchcase(model.lower(), name) for name in each.names))
    if (owner := next(family, None)) is not None:
        return f": did you mean {owner}:{model}?"
    near = get_close_matches(prefix, ["builtin", *presets()], n=1)
    if not near:
        return "."
    if near[0] == "builtin":
        return ": did you mean builtin?"
    return f": did you mean {near[0]}:{rest or presets()[near[0]].example}?"
