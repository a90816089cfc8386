/** How fast processor cores are, by a fixed piece of work that is timed on them: nothing else tells. */
@NullMarked
package io.gpushare.witness;

import org.jspecify.annotations.NullMarked;
