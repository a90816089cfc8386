/**
 * Finds out what this machine can do: the driver and its GPUs, MPS, container engines, permissions and the rest, each
 * with the step that mends what is missing. It prints nothing and changes nothing.
 */
@NullMarked
package io.gpushare.doctor;

import org.jspecify.annotations.NullMarked;
