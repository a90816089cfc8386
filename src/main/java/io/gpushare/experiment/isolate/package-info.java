/** What neighbours that misbehave can do to a victim: judged run by run and mode by mode; pure. */
@NullMarked
package io.gpushare.experiment.isolate;

import org.jspecify.annotations.NullMarked;
