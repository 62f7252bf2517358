using Picket.WorkspaceOne.Emulator.Apps;
using Picket.WorkspaceOne.Emulator.Wire;

namespace Picket.WorkspaceOne.Emulator.Routes;

/// <summary>Internal apps come up in chunks, and become an app with the call that names their transaction.</summary>
internal static class AppUploadRoutes
{
    public static void Add(RouteTable routes)
    {
        routes.Post("mam/apps/internal/uploadchunk", (1, Upload));
        routes.Post("mam/apps/internal/begininstall", (1, Begin));
    }

    private static Answer Upload(ApiCall call)
    {
        var number = call.Body.Int("ChunkSequenceNumber") ?? 0;
        var data = call.BodyText("ChunkData") ?? "";
        if (number == 0)
        {
            return Answer.Error(400, 400, "Chunk sequence number cannot be zero.");
        }

        if (data.Length == 0)
        {
            return Answer.Error(400, 400, "Chunk data cannot be empty.");
        }

        var transaction = number == 1 ? call.Uem.Uploads.Begin() : call.BodyText("TransactionId");
        return transaction is null || !call.Uem.Uploads.Take(transaction, number, data.Length * 3L / 4)
            ? Answer.Error(400, 400, "Transaction Id is missing in the request.")
            : Answer.Object(writer =>
            {
                writer.WriteBoolean("UploadSuccess"u8, true);
                writer.WriteNumber("ChunkSequenceNumber"u8, number);
                // The misspelling is the API's.
                writer.WriteString("TranscationId"u8, transaction);
            });
    }

    private static Answer Begin(ApiCall call)
    {
        var (name, bundle) = (call.BodyText("ApplicationName") ?? "", call.BodyText("BundleId") ?? "");
        if (name.Length == 0)
        {
            return Answer.Error(400, 400, "Application name cannot be empty.");
        }

        if (AppWriteRoutes.Platform(call, "DeviceType") is not { } platform)
        {
            return Answer.Error(400, 400, "The device type is invalid.");
        }

        if (AppWriteRoutes.Group(call) is not { } group)
        {
            return Refusals.ResourceGroupOutOfScope(call.BodyText("LocationGroupId")!);
        }

        if (!Path.HasExtension(call.BodyText("FileName")))
        {
            return Answer.Error(400, 7008, "File name with valid extension is required when Transaction Id is passed.");
        }

        if (call.Uem.Uploads.Finish(call.BodyText("TransactionId") ?? "") is null)
        {
            return Answer.Error(400, 400, "Transaction Id is missing in the request.");
        }

        var made = call.Uem.Apps.TryCreate(
            AppKind.Internal,
            name,
            // The real server reads the bundle id out of the file, which this one does not keep.
            bundle.Length > 0
                ? bundle
                : "com.example.internal." + name.Replace(" ", "", StringComparison.Ordinal),
            call.BodyText("ActualFileVersion") ?? call.BodyText("AppVersion") ?? "1.0.0",
            platform,
            group.Index,
            app => app
        );
        return made is null
            ? Answer.Error(400, 400, "Application already exists at location group")
            : Answer.Object(writer => AppRows.Write(writer, call, made, (0, 0, 0)));
    }
}
