/** Where on a GPU which MIG instances go, and which tenant finds its device where. Pure. */
@NullMarked
package io.gpushare.mode.mig;

import org.jspecify.annotations.NullMarked;
