/** The tenant protocol, version 1: lines of JSON between gpushare and a running workload. */
@NullMarked
package io.gpushare.workload.protocol;

import org.jspecify.annotations.NullMarked;
