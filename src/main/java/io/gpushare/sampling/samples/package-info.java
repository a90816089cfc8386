/**
 * What a sample is: tables of named metrics with units about a subject, rows with a monotonic time, absences with their
 * reason, phase borders. A running sampler and a replayed journal both speak through {@code SampleListener}.
 */
@NullMarked
package io.gpushare.sampling.samples;

import org.jspecify.annotations.NullMarked;
