/** What is sent: templates, mixes of them, and prompts for language models; pure, and the same for the same seed. */
@NullMarked
package io.gpushare.load.request;

import org.jspecify.annotations.NullMarked;
