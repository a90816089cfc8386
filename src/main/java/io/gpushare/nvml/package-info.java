/**
 * The NVIDIA driver through its management library: {@link io.gpushare.nvml.NvmlLibrary} mirrors {@code nvml.h} and
 * nothing else, the classes around it turn answers into readings. Nothing outside this package sees JNA.
 */
@NullMarked
package io.gpushare.nvml;

import org.jspecify.annotations.NullMarked;
