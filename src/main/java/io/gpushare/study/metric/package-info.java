/** What one run says in numbers, and estimates over several runs. */
@NullMarked
package io.gpushare.study.metric;

import org.jspecify.annotations.NullMarked;
