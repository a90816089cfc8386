package io.gpushare.runtime.docker.image;

/** @param id the digest of its configuration */
public record BuiltImage(String workload, String name, String id, long sizeBytes) {}
