/** Programs that somebody else runs: they are watched, and nothing else is ever done to them. */
@NullMarked
package io.gpushare.runtime.attached;

import org.jspecify.annotations.NullMarked;
