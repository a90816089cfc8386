/**
 * Docker: finding the engine, agreeing on an API version, and the ways in which a GPU gets into a container here. Asking
 * an engine needs nothing but sockets; docker-java is loaded only when a client is opened.
 */
@NullMarked
package io.gpushare.runtime.docker;

import org.jspecify.annotations.NullMarked;
