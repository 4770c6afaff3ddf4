/** The report as a page for a browser. Nothing of it is loaded unless one was asked for. */
@NullMarked
package io.github.lightragmigrate.cli.html;

import org.jspecify.annotations.NullMarked;
