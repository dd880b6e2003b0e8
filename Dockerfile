# CPU only. Build:  docker build -t answer-assist .
# With sentence-transformers:  docker build --build-arg EXTRAS=st -t answer-assist:st .
FROM python:3.12-slim AS build
ARG EXTRAS=""
WORKDIR /build
RUN python -m venv /opt/assist
COPY requirements.lock pyproject.toml README.md ./
# torch has its own lock-step of builds: the CPU one is taken from PyTorch's index, before the rest.
RUN if [ -n "$EXTRAS" ]; then \
      /opt/assist/bin/pip install --no-cache-dir torch --index-url https://download.pytorch.org/whl/cpu; \
    fi \
 && /opt/assist/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY src src
COPY prompts prompts
COPY rules rules
COPY knowledge_seed knowledge_seed
COPY evaluation evaluation
RUN /opt/assist/bin/pip install --no-cache-dir --no-build-isolation --no-deps . \
 && if [ -n "$EXTRAS" ]; then /opt/assist/bin/pip install --no-cache-dir "answer-assist[$EXTRAS] @ file:///build"; fi

FROM python:3.12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libgomp1 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --create-home assist \
 && install -d -o assist -g assist /data
COPY --from=build /opt/assist /opt/assist
ENV PATH=/opt/assist/bin:$PATH ASSIST_DATA=/data ASSIST_HOST=0.0.0.0 PYTHONUNBUFFERED=1
USER assist
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=60s \
  CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"
ENTRYPOINT ["assist"]
CMD ["serve"]
