/** What is to be run: from options or YAML. Pure. */
@NullMarked
package io.gpushare.plan;

import org.jspecify.annotations.NullMarked;
