namespace Picket.WorkspaceOne.Emulator.CustomAttributes;

/// <param name="Group">The application group, as the API calls the name space of an attribute.</param>
internal sealed record CustomAttribute(string Name, string Value, string Group, DateTime ModifiedAt);

/// <param name="Device">Index of the device.</param>
/// <param name="OldValue">Empty: the attribute is new.</param>
/// <param name="NewValue">Empty: the attribute is gone.</param>
internal sealed record CustomAttributeChange(
    int Device,
    string Name,
    string Group,
    string OldValue,
    string NewValue,
    DateTime At
);
