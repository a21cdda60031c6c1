package kg.sakchy.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import kg.sakchy.core.access.AccessPolicy;
import kg.sakchy.core.access.ApiTokenDesk;
import kg.sakchy.core.access.ApiTokenStore;
import kg.sakchy.core.access.Authentication;
import kg.sakchy.core.access.MediaTokens;
import kg.sakchy.core.access.Roles;
import kg.sakchy.core.account.AccountDesk;
import kg.sakchy.core.account.AccountStore;
import kg.sakchy.core.account.SignIn;
import kg.sakchy.core.approval.ApprovalStore;
import kg.sakchy.core.audit.AuditEvidence;
import kg.sakchy.core.audit.AuditLog;
import kg.sakchy.core.audit.LastingActs;
import kg.sakchy.core.audit.RefusedActs;
import kg.sakchy.core.camera.CameraDirectory;
import kg.sakchy.core.device.CameraImports;
import kg.sakchy.core.device.CameraRegistration;
import kg.sakchy.core.device.CameraRegistry;
import kg.sakchy.core.device.DeviceDiscovery;
import kg.sakchy.core.device.DeviceHealth;
import kg.sakchy.core.device.DeviceProbe;
import kg.sakchy.core.event.EventLog;
import kg.sakchy.core.live.ArchiveTranscoder;
import kg.sakchy.core.live.LiveViews;
import kg.sakchy.core.live.WebRtcViews;
import kg.sakchy.core.organisation.Organisation;
import kg.sakchy.core.picture.KeyFramePictures;
import kg.sakchy.core.provider.ProviderSignIn;
import kg.sakchy.core.ptz.PtzControl;
import kg.sakchy.core.recording.Archive;
import kg.sakchy.core.recording.RecordingStatus;
import kg.sakchy.core.stream.LiveStreams;
import kg.sakchy.core.time.VmsClock;
import org.jspecify.annotations.Nullable;

/**
 * Everything the web server works on. The ports stay the caller's.
 *
 * @param video cameras, their streams and recordings
 * @param devices cameras as devices on the network; null in a server without: its operations then
 *     answer that
 * @param live pictures of the present, and the rights to see pictures
 * @param access who comes in, and what he may do
 * @param people accounts, and what people do with them
 * @param server the server itself
 */
public record WebPorts(
    Video video,
    @Nullable Devices devices,
    Live live,
    Access access,
    People people,
    Server server) {
  /** Cameras, their streams and recordings. */
  public record Video(
      CameraDirectory cameras,
      LiveStreams streams,
      RecordingStatus.Source recordings,
      Archive archive,
      KeyFramePictures pictures) {}

  /** Cameras as devices on the network: found, registered, steered, heard. */
  public record Devices(
      DeviceDiscovery discovery,
      DeviceProbe probe,
      CameraRegistration registration,
      CameraRegistry registry,
      CameraImports imports,
      PtzControl ptz,
      EventLog events,
      DeviceHealth.Source health) {}

  /**
   * Pictures of the present, and the rights to see pictures.
   *
   * @param views for everyone who watches
   * @param transcoder of recordings that somebody who watches cannot play
   * @param tokens rights that travel in addresses
   * @param webRtc for who watches by WebRTC
   */
  public record Live(
      LiveViews views, ArchiveTranscoder transcoder, MediaTokens tokens, WebRtcViews webRtc) {}

  /**
   * Who comes in, and what he may do.
   *
   * @param authentication says who it is
   * @param policy decides
   * @param organisation the parts that rights are over
   * @param roles who may do what where
   * @param approvals what was asked for and approved by four eyes
   */
  public record Access(
      Authentication authentication,
      AccessPolicy policy,
      Organisation organisation,
      Roles roles,
      ApprovalStore approvals) {}

  /**
   * Accounts, and what people do with them.
   *
   * @param signIn with one's own
   * @param accounts all
   * @param desk with those of others
   * @param tokens API tokens
   * @param tokenDesk makes them
   * @param provider for who signs in at an identity provider; null in a server without one
   */
  public record People(
      SignIn signIn,
      AccountStore accounts,
      AccountDesk desk,
      ApiTokenStore tokens,
      ApiTokenDesk tokenDesk,
      @Nullable ProviderSignIn provider) {}

  /** What a server has one of. */
  public record Server(
      PrometheusMeterRegistry metrics, VmsClock clock, Readiness readiness, Audit audit) {}

  /**
   * Who did what.
   *
   * @param log where it is recorded
   * @param evidence that the records are those that were written
   * @param lasting records what goes on for a while
   * @param refused records what was refused before it began
   */
  public record Audit(
      AuditLog log, AuditEvidence evidence, LastingActs lasting, RefusedActs refused) {}
}
