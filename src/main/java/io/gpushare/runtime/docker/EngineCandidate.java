package io.gpushare.runtime.docker;

/** @param origin who named the address, as in "DOCKER_HOST" or "Docker context 'lab'" */
record EngineCandidate(EngineAddress address, String origin) {}
