using Picket.Server.Audit;
using Picket.Server.Inventory;
using Picket.Server.Response;

namespace Picket.Server.Integrations;

/// <summary>What every change of settings needs.</summary>
public sealed record SettingsServices(
    Doctor Doctor,
    Patients Patients,
    UemClients Clients,
    UemConnections Connections,
    SecretBox Secrets,
    ChangeGate Gate,
    AdminProofs Proofs,
    AdminReader Reader,
    AuditLog Audit,
    IntegrationViews Views,
    CredentialEndRules CredentialEnd,
    ResponseSignal Response,
    PrivacySignal Privacy,
    TimeProvider Time,
    ILogger<SettingsServices> Log
);
