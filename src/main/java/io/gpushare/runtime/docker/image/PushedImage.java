package io.gpushare.runtime.docker.image;

import java.util.Optional;

/**
 * An image in a registry.
 *
 * @param name with the registry and the tag
 * @param digest by which the registry knows it, with its name before it; empty where the engine does not say
 */
public record PushedImage(String name, Optional<String> digest) {}
