@echo off
rem Starts Unmask on the JDK that built it, else on JAVA_HOME's, else on the PATH's.
setlocal
set "here=%~dp0.."
set OMP_NUM_THREADS=1
set OPENBLAS_NUM_THREADS=1
for %%j in ("@java.home@\bin\java.exe" "%JAVA_HOME%\bin\java.exe" java.exe) do (
  for /f "tokens=3" %%v in ('%%j -version 2^>^&1 ^| findstr /c:" version "') do (
    for /f "delims=." %%m in ("%%~v") do if %%m GEQ @jdk@ (
      %%j @jvm.flags@ "-Dunmask.assets=%here%\assets" -cp "%here%\lib\*;%CLASSPATH%" dev.unmask.app.Launcher %*
      exit /b
    )
  )
)
echo Unmask needs a JDK of version @jdk@ or newer: install one, or set JAVA_HOME to it. 1>&2
exit /b 2
