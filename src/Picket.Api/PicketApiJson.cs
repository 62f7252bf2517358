using System.Text.Json;
using System.Text.Json.Serialization;

namespace Picket.Api;

/// <summary>Source-generated JSON of the contract: camelCase, enumerations as text, nulls left out.</summary>
/// <remarks>
/// A property with a default has <c>set</c>, not <c>init</c>: generated code overwrites an init-only property with
/// null or 0 when the JSON lacks it.
/// </remarks>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(CreateIntegration))]
[JsonSerializable(typeof(ChangeIntegration))]
[JsonSerializable(typeof(RotateCredential))]
[JsonSerializable(typeof(SetWriting))]
[JsonSerializable(typeof(AdministratorProof))]
[JsonSerializable(typeof(AdministratorLink))]
[JsonSerializable(typeof(Page<AdministratorLink>), TypeInfoPropertyName = "AdministratorLinkPage")]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(Page<LinkRequest>), TypeInfoPropertyName = "LinkRequestPage")]
[JsonSerializable(typeof(RecoveryView))]
[JsonSerializable(typeof(Page<RecoveryView>), TypeInfoPropertyName = "RecoveryPage")]
[JsonSerializable(typeof(IntegrationView))]
[JsonSerializable(typeof(Page<IntegrationView>), TypeInfoPropertyName = "IntegrationPage")]
[JsonSerializable(typeof(DoctorProgress))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(StartRun))]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(Page<RunView>), TypeInfoPropertyName = "RunPage")]
[JsonSerializable(typeof(Page<RunRow>), TypeInfoPropertyName = "RunRowPage")]
[JsonSerializable(typeof(OverviewView))]
[JsonSerializable(typeof(Page<VerdictHistory>), TypeInfoPropertyName = "VerdictHistoryPage")]
[JsonSerializable(typeof(Page<DeviceAtRisk>), TypeInfoPropertyName = "DeviceAtRiskPage")]
[JsonSerializable(typeof(Page<BlindSpotCount>), TypeInfoPropertyName = "BlindSpotPage")]
[JsonSerializable(typeof(DeviceFacets))]
[JsonSerializable(typeof(DeviceView))]
[JsonSerializable(typeof(Page<DeviceSummary>), TypeInfoPropertyName = "DevicePage")]
[JsonSerializable(typeof(Page<DeviceAppView>), TypeInfoPropertyName = "DeviceAppPage")]
[JsonSerializable(typeof(Page<HistoryEntry>), TypeInfoPropertyName = "HistoryPage")]
[JsonSerializable(typeof(DeviceTagsView))]
[JsonSerializable(typeof(Page<UserView>), TypeInfoPropertyName = "UserPage")]
[JsonSerializable(typeof(UserDetails))]
[JsonSerializable(typeof(EraseUser))]
[JsonSerializable(typeof(ErasureView))]
[JsonSerializable(typeof(UserGroupView))]
[JsonSerializable(typeof(SmartGroupView))]
[JsonSerializable(typeof(Page<UserGroupView>), TypeInfoPropertyName = "UserGroupPage")]
[JsonSerializable(typeof(Page<OrganizationGroupView>), TypeInfoPropertyName = "OrganizationGroupPage")]
[JsonSerializable(typeof(Page<SmartGroupView>), TypeInfoPropertyName = "SmartGroupPage")]
[JsonSerializable(typeof(Page<AdministratorView>), TypeInfoPropertyName = "AdministratorPage")]
[JsonSerializable(typeof(Page<TagView>), TypeInfoPropertyName = "TagPage")]
[JsonSerializable(typeof(Page<FindingView>), TypeInfoPropertyName = "FindingPage")]
[JsonSerializable(typeof(Page<FindingKindView>), TypeInfoPropertyName = "FindingKindPage")]
[JsonSerializable(typeof(Page<AppView>), TypeInfoPropertyName = "AppPage")]
[JsonSerializable(typeof(Page<AppHolder>), TypeInfoPropertyName = "AppHolderPage")]
[JsonSerializable(typeof(FeedView))]
[JsonSerializable(typeof(Page<FeedView>), TypeInfoPropertyName = "FeedPage")]
[JsonSerializable(typeof(Page<FeedVersion>), TypeInfoPropertyName = "FeedVersionPage")]
[JsonSerializable(typeof(FeedSourceDraft))]
[JsonSerializable(typeof(FeedSourceView))]
[JsonSerializable(typeof(Page<FeedSourceView>), TypeInfoPropertyName = "FeedSourcePage")]
[JsonSerializable(typeof(Page<KnownFeed>), TypeInfoPropertyName = "KnownFeedPage")]
[JsonSerializable(typeof(Page<IndicatorView>), TypeInfoPropertyName = "IndicatorPage")]
[JsonSerializable(typeof(TaggingView))]
[JsonSerializable(typeof(TagPreview))]
[JsonSerializable(typeof(Page<TagDifference>), TypeInfoPropertyName = "TagDifferencePage")]
[JsonSerializable(typeof(AdoptTag))]
[JsonSerializable(typeof(TagRunView))]
[JsonSerializable(typeof(Page<TagRunView>), TypeInfoPropertyName = "TagRunPage")]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(Page<LedgerSummary>), TypeInfoPropertyName = "LedgerPage")]
[JsonSerializable(typeof(EnrollmentView))]
[JsonSerializable(typeof(SetEnrollment))]
[JsonSerializable(typeof(RegisterDevice))]
[JsonSerializable(typeof(ImportView))]
[JsonSerializable(typeof(Page<ImportView>), TypeInfoPropertyName = "ImportPage")]
[JsonSerializable(typeof(Page<ImportLineView>), TypeInfoPropertyName = "ImportLinePage")]
[JsonSerializable(typeof(DeploymentView))]
[JsonSerializable(typeof(SetDeployment))]
[JsonSerializable(typeof(Page<CatalogueAppView>), TypeInfoPropertyName = "CataloguePage")]
[JsonSerializable(typeof(ConfigurationTemplateView))]
[JsonSerializable(typeof(CheckConfiguration))]
[JsonSerializable(typeof(ConfigurationCheck))]
[JsonSerializable(typeof(AddStoreApp))]
[JsonSerializable(typeof(CatalogueChange))]
[JsonSerializable(typeof(CreatePublication))]
[JsonSerializable(typeof(ResumePublication))]
[JsonSerializable(typeof(UndoPublication))]
[JsonSerializable(typeof(PublicationView))]
[JsonSerializable(typeof(Page<PublicationView>), TypeInfoPropertyName = "PublicationPage")]
[JsonSerializable(typeof(PublicationPreview))]
[JsonSerializable(typeof(FunnelView))]
[JsonSerializable(typeof(Page<PublicationDeviceView>), TypeInfoPropertyName = "PublicationDevicePage")]
[JsonSerializable(typeof(CreateNudge))]
[JsonSerializable(typeof(NudgeView))]
[JsonSerializable(typeof(Page<NudgeView>), TypeInfoPropertyName = "NudgePage")]
[JsonSerializable(typeof(Page<NudgeDeviceView>), TypeInfoPropertyName = "NudgeDevicePage")]
[JsonSerializable(typeof(CreateToken))]
[JsonSerializable(typeof(CreatedToken))]
[JsonSerializable(typeof(Page<TokenView>), TypeInfoPropertyName = "TokenPage")]
[JsonSerializable(typeof(MeView))]
[JsonSerializable(typeof(RoleGiven))]
[JsonSerializable(typeof(PersonView))]
[JsonSerializable(typeof(Page<PersonView>), TypeInfoPropertyName = "PersonPage")]
[JsonSerializable(typeof(Invite))]
[JsonSerializable(typeof(Page<InvitationView>), TypeInfoPropertyName = "InvitationPage")]
[JsonSerializable(typeof(CreatedLink))]
[JsonSerializable(typeof(SetPassword))]
[JsonSerializable(typeof(ChangePassword))]
[JsonSerializable(typeof(Page<SessionView>), TypeInfoPropertyName = "SessionPage")]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(AuthenticatorSecret))]
[JsonSerializable(typeof(SecondFactorCode))]
[JsonSerializable(typeof(RecoveryCodes))]
[JsonSerializable(typeof(ClaimLink))]
[JsonSerializable(typeof(SignIn))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(Page<AuditEntry>), TypeInfoPropertyName = "AuditPage")]
[JsonSerializable(typeof(AuditHeadView))]
[JsonSerializable(typeof(AuditExportLine))]
public sealed partial class PicketApiJson : JsonSerializerContext
{
    /// <summary>Makes the options of a host speak the contract; its own types may follow in the chain.</summary>
    /// <param name="options">Options that are not in use yet.</param>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.AllowOutOfOrderMetadataProperties = true;
        options.TypeInfoResolverChain.Insert(0, Default);
    }
}
