/** How a command ends: its exit status, and the one exception that carries a message for the user. */
@NullMarked
package io.gpushare.failure;

import org.jspecify.annotations.NullMarked;
