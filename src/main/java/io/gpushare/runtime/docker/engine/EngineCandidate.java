package io.gpushare.runtime.docker.engine;

/** @param origin who named the address, as in "DOCKER_HOST" or "Docker context 'lab'" */
record EngineCandidate(EngineAddress address, String origin) {}
