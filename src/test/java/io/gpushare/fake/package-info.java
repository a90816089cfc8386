/** Fakes with a memory of NVIDIA's tools and of CUDA programs, for tests of what configures and measures sharing. */
@NullMarked
package io.gpushare.fake;

import org.jspecify.annotations.NullMarked;
