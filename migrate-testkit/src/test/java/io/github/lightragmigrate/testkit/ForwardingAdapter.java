package io.github.lightragmigrate.testkit;

import io.github.lightragmigrate.spi.Access;
import io.github.lightragmigrate.spi.CacheStore;
import io.github.lightragmigrate.spi.RetryPolicy;
import io.github.lightragmigrate.spi.Setting;
import io.github.lightragmigrate.spi.Settings;
import io.github.lightragmigrate.spi.StorageAdapter;
import java.util.List;

/** Does what another adapter does; a broken one overrides one thing. */
class ForwardingAdapter implements StorageAdapter {

  final StorageAdapter adapter;

  ForwardingAdapter(StorageAdapter adapter) {
    this.adapter = adapter;
  }

  @Override
  public String id() {
    return adapter.id();
  }

  @Override
  public String name() {
    return adapter.name();
  }

  @Override
  public List<Setting> settings() {
    return adapter.settings();
  }

  @Override
  public String countingLabel() {
    return adapter.countingLabel();
  }

  @Override
  public RetryPolicy retryPolicy(Settings settings) {
    return adapter.retryPolicy(settings);
  }

  @Override
  public int readers() {
    return adapter.readers();
  }

  @Override
  public int writers() {
    return adapter.writers();
  }

  @Override
  public CacheStore open(Settings settings, Access access) {
    return adapter.open(settings, access);
  }
}
