/** GPUs of one host that are measured at the same time: who waits for whom, and what each did meanwhile. */
@NullMarked
package io.gpushare.run.company;

import org.jspecify.annotations.NullMarked;
