/**
 * The machine around the GPUs: its baseboard's sensors, the processors' energy counters, and what others measure of the
 * GPUs. Sources may be slow, wrong or gone: an answer is a list of readings or a reason, and never an exception.
 */
@NullMarked
package io.gpushare.platform;

import org.jspecify.annotations.NullMarked;
