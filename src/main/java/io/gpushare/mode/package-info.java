/** How tenants share a GPU, what a mode gives each of them, and the proof that it was in force. */
@NullMarked
package io.gpushare.mode;

import org.jspecify.annotations.NullMarked;
