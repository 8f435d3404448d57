"""Both halves of the demonstration's signing key. Anyone can sign with it: what it signs proves nothing, and says so.

`signing.signer` refuses it outside a demonstration.
"""

SEED = bytes.fromhex("51f6a27c0b8e4d1397e25c40da6b13f8a9041e7736c2bd58e09f4412ab67d305")
PUBLIC = bytes.fromhex("979b451dd0d75b92817391e4f7b478cb987440a4e1453bb6b10b0f885359d6db")
