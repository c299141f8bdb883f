"""Questions, the ways they are asked and made, and the banks that hold them."""
