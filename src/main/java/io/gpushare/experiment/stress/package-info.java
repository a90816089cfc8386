/** How many tenants fit: the search for where a GPU breaks, and what it found. Pure. */
@NullMarked
package io.gpushare.experiment.stress;

import org.jspecify.annotations.NullMarked;
