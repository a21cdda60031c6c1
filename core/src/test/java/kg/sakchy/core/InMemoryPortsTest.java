package kg.sakchy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kg.sakchy.core.access.ApiTokenStore;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.account.CredentialStore;
import kg.sakchy.core.account.SessionStore;
import kg.sakchy.core.approval.ApprovalStore;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.device.CameraImportStore;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.error.ErrorKind;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.recording.GapLedger;
import kg.sakchy.core.recording.RecordingIndex;
import kg.sakchy.core.storage.ObjectKey;
import kg.sakchy.core.storage.ObjectStore;
import kg.sakchy.core.time.VmsClock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fakes keep the same contracts as the real ones. */
class InMemoryPortsTest {
  @Nested
  class Objects implements CopyingObjectStoreContract {
    private final ObjectStore store = new InMemoryObjectStore();

    @Override
    public ObjectStore store() {
      return store;
    }

    @Test
    void aFullStoreSaysSo(@TempDir Path directory) throws Exception {
      InMemoryObjectStore small = new InMemoryObjectStore(10);
      Path file = put(directory, new ObjectKey("eleven"), new byte[11]);
      ObjectStoreContract.assertFails(
          ErrorKind.RESOURCE_EXHAUSTED,
          () -> small.put(new ObjectKey("eleven"), file, ObjectStoreContract.sha256(new byte[11])));
      assertThat(small.capacity()).contains(new ObjectStore.Capacity(10, 10));
    }
  }

  @Nested
  class Recordings implements RecordingIndexContract {
    private final RecordingIndex index = new InMemoryRecordingIndex();

    @Override
    public RecordingIndex index() {
      return index;
    }
  }

  @Nested
  class Gaps implements GapLedgerContract {
    private final GapLedger ledger = new InMemoryGapLedger();

    @Override
    public GapLedger ledger() {
      return ledger;
    }
  }

  @Nested
  class Cameras implements CameraDirectoryContract {
    private final CameraDirectory directory = new InMemoryCameraDirectory();

    @Override
    public CameraDirectory directory() {
      return directory;
    }
  }

  @Nested
  class Registry implements CameraRegistryContract {
    private final CameraDirectory directory = new InMemoryCameraDirectory();
    private final CameraRegistry registry = new InMemoryCameraRegistry(directory);

    @Override
    public CameraRegistry registry() {
      return registry;
    }

    @Override
    public CameraDirectory cameras() {
      return directory;
    }
  }

  @Nested
  class Events implements EventLogContract {
    private final EventLog log = new InMemoryEventLog();

    @Override
    public EventLog log() {
      return log;
    }
  }

  @Nested
  class Approvals implements ApprovalStoreContract {
    private final InMemoryAccountStore accounts = new InMemoryAccountStore();
    private final ApprovalStore approvals = new InMemoryApprovalStore(accounts);

    @Override
    public ApprovalStore approvals() {
      return approvals;
    }

    @Override
    public AccountStore accounts() {
      return accounts;
    }
  }

  @Nested
  class Imports implements CameraImportStoreContract {
    private final CameraImportStore imports = new InMemoryCameraImportStore();

    @Override
    public CameraImportStore imports() {
      return imports;
    }
  }

  @Nested
  class Units implements OrganisationContract {
    private final CameraDirectory directory = new InMemoryCameraDirectory();
    private final InMemoryAccess access = new InMemoryAccess(directory, VmsClock.system());

    @Override
    public Organisation organisation() {
      return access.organisation();
    }

    @Override
    public CameraDirectory cameras() {
      return directory;
    }
  }

  @Nested
  class RolesAndWhoHasThem implements RolesContract {
    private final InMemoryAccess access =
        new InMemoryAccess(new InMemoryCameraDirectory(), VmsClock.system());

    @Override
    public Roles roles() {
      return access.roles();
    }

    @Override
    public AccountStore accounts() {
      return access.accounts();
    }

    @Override
    public Organisation organisation() {
      return access.organisation();
    }
  }

  @Nested
  class Accounts implements AccountStoresContract {
    private final InMemoryAccess access =
        new InMemoryAccess(new InMemoryCameraDirectory(), VmsClock.system());

    @Override
    public AccountStore accounts() {
      return access.accounts();
    }

    @Override
    public CredentialStore credentials() {
      return access.credentials();
    }

    @Override
    public SessionStore sessions() {
      return access.sessions();
    }

    @Override
    public ApiTokenStore tokens() {
      return access.tokens();
    }
  }

  @Nested
  class Audit implements AuditLogContract {
    private final AuditLog log = new InMemoryAuditLog();

    @Override
    public AuditLog log() {
      return log;
    }
  }

  @Test
  void aSwitchBreaksAndMends() {
    FaultSwitch faults = new FaultSwitch();
    ObjectStore store = new FailingObjectStore(new InMemoryObjectStore(), faults);
    store.check();
    faults.fail(ErrorKind.UNAVAILABLE);
    ObjectStoreContract.assertFails(ErrorKind.UNAVAILABLE, store::check);
    assertThat(faults.refused()).isEqualTo(1);
    faults.mend();
    store.check();
  }

  @Test
  void aSwitchHoldsCallsUntilItIsMended() throws Exception {
    FaultSwitch faults = new FaultSwitch();
    RecordingIndex index = new FailingRecordingIndex(new InMemoryRecordingIndex(), faults);
    faults.hold();
    CompletableFuture<Void> call = CompletableFuture.runAsync(index::totals);
    while (faults.waiting() == 0) {
      Thread.onSpinWait();
    }
    assertThat(call).isNotDone();
    faults.mend();
    call.get(10, TimeUnit.SECONDS);
    assertThat(faults.waiting()).isZero();
  }
}
