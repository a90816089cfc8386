/**
 * Docker: finding the engine, agreeing on an API version, the ways in which a GPU gets into a container here, and
 * tenants in containers, their images and what is left of them. Asking an engine needs nothing but sockets; docker-java
 * is loaded only when a client is opened.
 */
@NullMarked
package io.gpushare.runtime.docker;

import org.jspecify.annotations.NullMarked;
