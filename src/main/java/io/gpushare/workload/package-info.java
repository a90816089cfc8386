/** Programs to run: what a folder with a workload.yaml says, and the catalog of them. */
@NullMarked
package io.gpushare.workload;

import org.jspecify.annotations.NullMarked;
