# Jupyter's own image with PySpark, and Sparkglass in it. Nothing else is needed on any image that has a JupyterLab: these are the lines.
#
#   docker build --target wheel --output dist -f docker/Dockerfile .
#   docker build -f docker/pyspark-notebook.Dockerfile -t pyspark-notebook-sparkglass .
#   docker run -d -p 8888:8888 -v "$PWD:/home/jovyan/work" pyspark-notebook-sparkglass
ARG BASE=quay.io/jupyter/pyspark-notebook
FROM ${BASE}
# The user of the base image owns its Python, and stays the user.
COPY --chown=${NB_UID}:${NB_GID} dist/sparkglass-*.whl /tmp/sparkglass/
RUN pip install --no-cache-dir "$(ls /tmp/sparkglass/*.whl)[learning,serve,pl]" \
 && rm -r /tmp/sparkglass
