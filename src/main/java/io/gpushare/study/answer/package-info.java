/** What the numbers of a mix say in words: the best way to share, how sure that is, and what is still open. */
@NullMarked
package io.gpushare.study.answer;

import org.jspecify.annotations.NullMarked;
