"""Which addresses may be reached: those of the public internet, and networks that were allowed by name.

After the registries of special-purpose addresses (IANA, RFC 6890), written out, since what Python takes for global has
changed between its versions. An IPv6 address that stands for an IPv4 address (mapped, NAT64, 6to4) is judged by that.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TypeAlias

from depesche.errors import UsageError

Address: TypeAlias = IPv4Address | IPv6Address

_V4 = {
    "0.0.0.0/8": "of this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "of a provider's inner network",
    "127.0.0.0/8": "loopback",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "reserved",
    "192.0.2.0/24": "for documentation",
    "192.88.99.0/24": "reserved",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "for measuring",
    "198.51.100.0/24": "for documentation",
    "203.0.113.0/24": "for documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
_V6 = {
    "::1/128": "loopback",
    "::/128": "unspecified",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "fec0::/10": "private",
    "ff00::/8": "multicast",
    "2001::/23": "reserved",
    "2001:db8::/32": "for documentation",
    "3fff::/20": "for documentation",
    "5f00::/16": "reserved",
}
_CLOSED_V4 = [(IPv4Network(network), kind) for network, kind in _V4.items()]
_CLOSED_V6 = [(IPv6Network(network), kind) for network, kind in _V6.items()]
_PUBLIC_V6 = IPv6Network("2000::/3")
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_6TO4 = IPv6Network("2002::/16")
_COMPATIBLE = IPv6Network("::/96")
_LOW = 0xFFFFFFFF


class Gate:
    """Decides whether an address may be connected to. `open_to` are networks that are allowed though not public."""

    def __init__(self, open_to: Iterable[str] = ()) -> None:
        self._open = [_network(name) for name in open_to]

    def refusal(self, address: str) -> str:
        """What kind of address it is, if none to be reached; "" for one that may be."""
        try:
            found = ip_address(address.partition("%")[0])
        except ValueError:
            return "unknown"
        if any(found in network for network in self._open if network.version == found.version):
            return ""
        return _kind(found)


def _network(name: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(name, strict=False)
    except ValueError as error:
        raise UsageError(f"{name}: no network; 127.0.0.0/8 or fd00::/8 would be one") from error


def _kind(address: Address) -> str:
    if isinstance(address, IPv4Address):
        return next((kind for network, kind in _CLOSED_V4 if address in network), "")
    for network, kind in _CLOSED_V6:
        if address in network:
            return kind
    inner = _inner(address)
    if inner is not None:
        return _kind(inner)
    return "" if address in _PUBLIC_V6 else "reserved"


def _inner(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if any(address in network for network in _NAT64) or address in _COMPATIBLE:
        return IPv4Address(int(address) & _LOW)
    if address in _6TO4:
        return IPv4Address(int(address) >> 80 & _LOW)
    return None
