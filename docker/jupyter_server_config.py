"""Jupyter Server in the image: one port, the folder /notebooks, nothing asked of the network."""

c.ServerApp.ip = "0.0.0.0"
c.ServerApp.port = 8888
# On another port nobody would find it.
c.ServerApp.port_retries = 0
c.ServerApp.open_browser = False
c.ServerApp.root_dir = "/notebooks"
# The container's own name leads nowhere from outside.
c.ServerApp.custom_display_url = "http://127.0.0.1:8888"
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
# A mounted folder has no trash of its own, and the container's is gone with it.
c.FileContentsManager.delete_to_trash = False
