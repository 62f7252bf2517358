using Picket.WorkspaceOne.Pacing;

namespace Picket.WorkspaceOne.Connection;

/// <summary>Who makes a call: its class before the budget, and the meter that counts it.</summary>
internal readonly record struct Caller(CallClass Class, CallMeter? Meter);
