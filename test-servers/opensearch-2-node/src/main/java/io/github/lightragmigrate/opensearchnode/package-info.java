/** The process in which a test's OpenSearch runs. */
@NullMarked
package io.github.lightragmigrate.opensearchnode;

import org.jspecify.annotations.NullMarked;
