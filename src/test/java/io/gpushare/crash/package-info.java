/**
 * Kills a real {@code gpushare} process at instants spread over its life, and looks whether the machine of fakes is put
 * back.
 */
@NullMarked
package io.gpushare.crash;

import org.jspecify.annotations.NullMarked;
