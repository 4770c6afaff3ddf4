@NullMarked
package io.github.lightragmigrate.report;

import org.jspecify.annotations.NullMarked;
