using Parity;

var root = new DirectoryInfo(AppContext.BaseDirectory);
while (!File.Exists(Path.Combine(root.FullName, "SocketIO.slnx"))) root = root.Parent ?? throw new DirectoryNotFoundException("SocketIO.slnx");

var parity = ParityReport.Read(root.FullName);
File.WriteAllText(parity.Path, parity.Text);
foreach (var fault in parity.Faults) Console.Error.WriteLine(fault);
return parity.Faults.Count == 0 ? 0 : 1;
