# The service in a container: Node comes with npm's `node` package, the embedded PostgreSQL is not used here (see compose.yaml).
FROM node:20-bookworm-slim
ENV NODE_ENV=production SVERKA_DATA=/data SVERKA_CONFIG=/app/config
WORKDIR /app
COPY package.json package-lock.json ./
COPY prisma ./prisma
COPY prisma.config.ts ./
COPY src/launch.mjs ./src/launch.mjs
RUN npm ci --omit=dev && npm cache clean --force
COPY . .
RUN useradd --system --create-home sverka && mkdir -p /data && chown sverka /data
USER sverka
VOLUME /data
# The page listens on the container's own loopback only, because nobody signs in yet: it is looked at from inside, or through a shared network namespace.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "src/launch.mjs"]
CMD ["start"]
