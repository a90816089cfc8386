/** Sets up a real GPU through NVIDIA's own tools, whose words are read, since they exit with 0 on most failures. */
@NullMarked
package io.gpushare.mode.nvidia;

import org.jspecify.annotations.NullMarked;
